"""The desk's addresses, a module a subject; each states who may enter."""
