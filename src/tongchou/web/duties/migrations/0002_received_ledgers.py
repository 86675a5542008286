import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("duties", "0001_initial")]

    operations = [
        migrations.AddField(
            model_name="receivedledger",
            name="is_progress",
            field=models.BooleanField(default=False),
        ),
        migrations.AddField(
            model_name="receivedledger",
            name="organisation",
            field=models.ForeignKey(
                default="development-reform",  # no row exists yet: nothing wrote any before
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="people.organisation",
            ),
            preserve_default=False,
        ),
    ]
