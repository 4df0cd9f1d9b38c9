"""Messages to customers: e-mail, text messages and links."""
