"""The frame of pages: rail, top bar, account menu, and the bare frame of sign-in and set-up."""
