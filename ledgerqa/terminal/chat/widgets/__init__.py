"""What the chat is made of on the screen; only these modules, `app`, `screens` and `shown` import Textual."""
