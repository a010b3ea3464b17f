"""Claims at concrete points: floats propose, balls certify; support, witnesses, where an inequality is tightest."""
