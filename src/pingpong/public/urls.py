from django.urls import path

from . import private, views

# Requests to public pages never come to Django: the front answers them.
urlpatterns = [
    path("", views.landing, name="landing"),
    path("s/<slug:slug>/unlock", private.unlock, name="unlock_page"),
    path("s/<slug:slug>/", private.show, name="private_page"),
    path("s/<slug:slug>/<path:rest>", private.show, name="private_path"),
]
