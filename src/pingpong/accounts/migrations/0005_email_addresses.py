from django.conf import settings
from django.db import migrations, models


def add_addresses(apps, schema_editor):
    """Give everybody the row that allauth looks people up by."""
    address = apps.get_model("account", "EmailAddress")
    for person in apps.get_model("accounts", "Person").objects.all().iterator():
        address.objects.get_or_create(
            user_id=person.pk,
            email=person.email,
            defaults={"primary": True, "verified": True},
        )


class Migration(migrations.Migration):

    dependencies = [
        ("accounts", "0004_letters"),
        ("account", "0009_emailaddress_unique_primary_email"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="SpentCode",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("digest", models.CharField(max_length=64, unique=True)),
                ("spent_at", models.DateTimeField(db_index=True)),
            ],
        ),
        migrations.RunPython(add_addresses, migrations.RunPython.noop),
    ]
