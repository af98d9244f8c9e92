from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('public', '0002_robots'),
    ]

    operations = [
        migrations.AddField(
            model_name='storedbody',
            name='languages',
            field=models.CharField(blank=True, max_length=100),
        ),
    ]
