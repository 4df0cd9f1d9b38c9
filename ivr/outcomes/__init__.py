"""What the person meant, and what it means for the business."""
