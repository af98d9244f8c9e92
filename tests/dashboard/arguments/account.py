ARGUMENTS = {
    "uidb36": lambda _ours: "nobody",
    "key": lambda _ours: "nothing",
    "pk": lambda _ours: "1",
}
