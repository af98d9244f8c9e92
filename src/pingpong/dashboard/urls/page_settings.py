from django.urls import path

from pingpong.dashboard.views import (
    page_access,
    page_domain,
    page_general,
    page_look,
    page_pictures,
    page_sheet,
    translations,
)

ALL = "p/<slug:slug>/settings/"

urlpatterns = [
    path(ALL, page_general.GeneralView.as_view(), name="page_settings"),
    path(f"{ALL}translations/", translations.TranslationsView.as_view(), name="page_translations"),
    path(
        f"{ALL}translations/<slug:kind>/<str:thing>/",
        translations.TranslationView.as_view(),
        name="page_translation",
    ),
    path(f"{ALL}look/", page_look.LookView.as_view(), name="page_look"),
    path(f"{ALL}look/preview/", page_look.PreviewLookView.as_view(), name="preview_look"),
    path(f"{ALL}look/contrast/", page_look.ContrastView.as_view(), name="page_contrast"),
    path(
        f"{ALL}look/pictures/<slug:picture>/",
        page_pictures.PictureView.as_view(),
        name="page_picture",
    ),
    path(
        f"{ALL}look/pictures/<slug:picture>/remove/",
        page_pictures.RemovePictureView.as_view(),
        name="remove_page_picture",
    ),
    path(f"{ALL}css/", page_sheet.SheetView.as_view(), name="page_sheet"),
    path(f"{ALL}css/preview/", page_sheet.PreviewSheetView.as_view(), name="preview_sheet"),
    path(f"{ALL}domain/", page_domain.DomainView.as_view(), name="page_domain"),
    path(f"{ALL}domain/state/", page_domain.DomainStateView.as_view(), name="page_domain_state"),
    path(f"{ALL}domain/check/", page_domain.CheckDomainView.as_view(), name="check_page_domain"),
    path(
        f"{ALL}domain/release/",
        page_domain.ReleaseDomainView.as_view(),
        name="release_page_domain",
    ),
    path(f"{ALL}access/", page_access.AccessView.as_view(), name="page_access"),
]
