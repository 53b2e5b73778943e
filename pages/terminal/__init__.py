"""What the commands of cli.py do, without their options."""
