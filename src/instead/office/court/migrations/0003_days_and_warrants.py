from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0002_queue_imports_late_events"),
        ("court", "0002_asked_not_on_record"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddIndex(
            model_name="listing",
            index=models.Index(fields=["at"], name="listings_by_moment"),
        ),
        migrations.AddIndex(
            model_name="warrant",
            index=models.Index(
                condition=models.Q(("cleared_at__isnull", True)), fields=["issued_on"], name="open_warrants_by_day"
            ),
        ),
    ]
