ARGUMENTS = {
    "monitor": lambda ours: ours.monitor.pk,
    "custom_metric": lambda ours: ours.custom_metric.pk,
}
