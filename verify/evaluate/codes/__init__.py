"""What an expression is compiled to: codes of numbers, of whole numbers, of conditions."""
