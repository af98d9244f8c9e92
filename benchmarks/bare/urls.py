from django.http import HttpResponse
from django.urls import path

from .views import ComponentList, IncidentList

urlpatterns = [
    path("", lambda _request: HttpResponse(), name="ready"),
    path("rest/v1/components", ComponentList.as_view()),
    path("rest/v1/incidents", IncidentList.as_view()),
]
