-- Nothing but where a post stands tells whom it answers: that need not be the post before.

COMMENT ON COLUMN replies.method IS 'native (the platform says), quote, address (by name), sequence (nothing better: the post before, or the opening post where many speak and somebody joins).';
