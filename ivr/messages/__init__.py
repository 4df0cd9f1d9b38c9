"""Messages in writing: their templates, how long they are, when they may be sent, and the links in them."""
