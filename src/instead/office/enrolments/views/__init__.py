"""The pages of the health side. Every page works without JavaScript; every change is a form that is sent."""
