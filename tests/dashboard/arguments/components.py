ARGUMENTS = {
    "component": lambda ours: ours.component.pk,
    "group": lambda ours: ours.group.pk,
}
