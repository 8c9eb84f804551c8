"""What the window is made of around its pages: menus, rail, notices, status, jobs."""
