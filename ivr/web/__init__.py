"""The HTTP side: the API that agents' desktops and other programs use, and pages behind links."""
