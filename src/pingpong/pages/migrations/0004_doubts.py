from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("pages", "0003_translations")]

    operations = [
        migrations.AddField(
            model_name="page",
            name="shows_doubts",
            field=models.BooleanField(default=False),
        ),
        migrations.AddField(
            model_name="page",
            name="warnings_hidden_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name="page",
            name="warnings_hidden_by",
            field=models.CharField(blank=True, max_length=150),
        ),
    ]
