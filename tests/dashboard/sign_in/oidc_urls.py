"""The product's paths with those of a provider, which are there when one is configured."""

from django.urls import include, path

from pingpong.config.urls import handler403, handler404, handler500
from pingpong.config.urls import urlpatterns as ours
from pingpong.dashboard.sign_in.oidc import urlpatterns as provider

__all__ = ["handler403", "handler404", "handler500", "urlpatterns"]

urlpatterns = [path("dashboard/account/", include(provider)), *ours]
