"""The pages behind links that messages carry: plain HTML, written here, that works without scripts."""
