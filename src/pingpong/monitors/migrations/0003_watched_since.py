from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("monitors", "0002_monitoring")]

    operations = [
        migrations.AddField(
            model_name="watch",
            name="watched_since",
            field=models.BigIntegerField(null=True),
        ),
    ]
