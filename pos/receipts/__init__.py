"""What the buyer takes home: slips and sheets, as PDF, on the screen, as text and as bytes for printers."""
