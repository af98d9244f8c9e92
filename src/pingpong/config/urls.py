"""All paths of the product."""

from django.urls import include, path

urlpatterns = [
    path("", include("pingpong.api.urls")),
    path("", include("pingpong.api.doors.urls")),
    path("", include("pingpong.runtime.urls")),
    path("dashboard/account/", include("pingpong.dashboard.urls.account")),
    path("dashboard/", include("pingpong.dashboard.urls")),
    path("", include("pingpong.public.urls")),
]

handler403 = "pingpong.config.errors.forbidden"
handler404 = "pingpong.config.errors.not_found"
handler500 = "pingpong.api.errors.server_error"
