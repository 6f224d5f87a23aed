from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("court", "0001_initial")]

    operations = [
        migrations.AddIndex(
            model_name="docket",
            index=models.Index(
                condition=models.Q(("withdrawal_asked_at__isnull", False), ("withdrawn_on_record_at__isnull", True)),
                fields=["withdrawal_asked_at"],
                name="asked_not_on_record",
            ),
        ),
    ]
