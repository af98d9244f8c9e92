
import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('pages', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Branding',
            fields=[
                ('page', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='branding', serialize=False, to='pages.page')),
                ('color', models.CharField(blank=True, max_length=7)),
                ('dark_color', models.CharField(blank=True, max_length=7)),
                ('header_links', models.JSONField(default=list)),
                ('footer_links', models.JSONField(default=list)),
                ('css_typed', models.TextField(blank=True)),
                ('css', models.TextField(blank=True)),
            ],
        ),
        migrations.CreateModel(
            name='HostHold',
            fields=[
                ('host', models.CharField(max_length=253, primary_key=True, serialize=False)),
                ('page_id', models.CharField(max_length=22)),
                ('released_at', models.DateTimeField(null=True)),
            ],
        ),
        migrations.CreateModel(
            name='PageAccess',
            fields=[
                ('page', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='access', serialize=False, to='pages.page')),
                ('password', models.CharField(blank=True, max_length=200)),
                ('password_version', models.PositiveIntegerField(default=0)),
                ('networks', models.TextField(blank=True)),
            ],
        ),
        migrations.AddField(
            model_name='page',
            name='door_version',
            field=models.BigIntegerField(default=1),
        ),
        migrations.AddField(
            model_name='page',
            name='is_indexed',
            field=models.BooleanField(default=True),
        ),
        migrations.AddField(
            model_name='page',
            name='language',
            field=models.CharField(default='en', max_length=10),
        ),
        migrations.AddField(
            model_name='page',
            name='languages',
            field=models.JSONField(default=list),
        ),
        migrations.AddField(
            model_name='page',
            name='visibility',
            field=models.CharField(choices=[('public', 'Public'), ('password', 'Password'), ('networks', 'Networks'), ('team', 'Team')], default='public', max_length=10),
        ),
        migrations.CreateModel(
            name='FormerSlug',
            fields=[
                ('slug', models.SlugField(max_length=63, primary_key=True, serialize=False)),
                ('until', models.DateTimeField()),
                ('page', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='former_slugs', to='pages.page')),
            ],
        ),
        migrations.CreateModel(
            name='PageDomain',
            fields=[
                ('page', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='domain', serialize=False, to='pages.page')),
                ('host', models.CharField(max_length=253)),
                ('token', models.CharField(max_length=64)),
                ('state', models.CharField(choices=[('pending', 'Pending'), ('verified', 'Verified'), ('suspended', 'Suspended')], default='pending', max_length=10)),
                ('claimed_at', models.DateTimeField()),
                ('verified_at', models.DateTimeField(null=True)),
                ('checked_at', models.DateTimeField(null=True)),
                ('next_check_at', models.DateTimeField()),
                ('failures', models.PositiveSmallIntegerField(default=0)),
                ('problem', models.CharField(blank=True, choices=[('', 'None'), ('absent', 'Absent'), ('other', 'Other'), ('no_answer', 'No Answer'), ('taken', 'Taken')], max_length=10)),
            ],
            options={
                'indexes': [models.Index(fields=['next_check_at'], name='pages_domains_due')],
            },
        ),
        migrations.CreateModel(
            name='PagePicture',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('logo', 'Logo'), ('logo_dark', 'Dark Logo'), ('icon', 'Icon')], max_length=10)),
                ('digest', models.CharField(max_length=32)),
                ('content_type', models.CharField(max_length=20)),
                ('suffix', models.CharField(max_length=4)),
                ('width', models.PositiveIntegerField()),
                ('height', models.PositiveIntegerField()),
                ('content', models.BinaryField()),
                ('page', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='pictures', to='pages.page')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('page', 'kind'), name='pages_one_picture_of_a_kind')],
            },
        ),
        migrations.CreateModel(
            name='PasswordTry',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('address', models.CharField(max_length=64)),
                ('at', models.DateTimeField()),
                ('page', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='pages.page')),
            ],
            options={
                'indexes': [models.Index(fields=['page', 'at'], name='pages_password_tries')],
            },
        ),
    ]
