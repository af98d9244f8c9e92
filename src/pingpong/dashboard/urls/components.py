from django.urls import path

from pingpong.dashboard.views import component, component_groups, components, components_chosen

ALL = "p/<slug:slug>/components/"
GROUP = f"{ALL}groups/<str:group>/"
ONE = f"{ALL}<str:component>/"

urlpatterns = [
    path(ALL, components.ComponentsView.as_view(), name="components"),
    path(f"{ALL}new/", components.NewComponentView.as_view(), name="new_component"),
    path(
        f"{ALL}chosen/",
        components_chosen.ChosenComponentsView.as_view(),
        name="change_chosen_components",
    ),
    path(
        f"{ALL}chosen/undo/",
        components_chosen.UndoChosenComponentsView.as_view(),
        name="undo_chosen_components",
    ),
    path(f"{ALL}groups/new/", components.NewGroupView.as_view(), name="new_group"),
    path(GROUP, component_groups.EditGroupView.as_view(), name="group"),
    path(f"{GROUP}move/", component_groups.MoveGroupView.as_view(), name="move_group"),
    path(f"{GROUP}delete/", component_groups.DeleteGroupView.as_view(), name="delete_group"),
    path(ONE, component.EditComponentView.as_view(), name="component"),
    path(f"{ONE}status/", component.ComponentStatusView.as_view(), name="set_component_status"),
    path(f"{ONE}showcased/", component.ShowcaseComponentView.as_view(), name="showcase_component"),
    path(f"{ONE}move/", component.MoveComponentView.as_view(), name="move_component"),
    path(f"{ONE}delete/", component.DeleteComponentView.as_view(), name="delete_component"),
]
