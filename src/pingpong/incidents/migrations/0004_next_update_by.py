from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("incidents", "0003_templates_and_postmortems")]

    operations = [
        migrations.AddField(
            model_name="incident",
            name="next_update_by",
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name="incidentupdate",
            name="next_update_by",
            field=models.DateTimeField(null=True),
        ),
    ]
