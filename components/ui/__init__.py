"""The interface kit: pieces without State. Looks are in `tokens`, behaviour in the browser in JSX beside it."""
