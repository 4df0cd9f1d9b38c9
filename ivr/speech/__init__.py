"""Speech: texts and recordings become sound files that the telephone network can play."""
