from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('public', '0001_initial'),
    ]

    operations = [
        migrations.AddField(
            model_name='storedbody',
            name='robots',
            field=models.CharField(blank=True, max_length=20),
        ),
    ]
