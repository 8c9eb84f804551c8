"""The Build page: the form, the queue, what came of a build, and earlier builds."""
