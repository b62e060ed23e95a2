-- What researchers coded by hand, to measure the taggers by and to train them with.

CREATE TABLE codings (
    post_id VARCHAR NOT NULL,
    task VARCHAR NOT NULL CHECK (task IN ('proposals', 'stance', 'moderation')),
    coder VARCHAR NOT NULL CHECK (coder <> ''),
    label VARCHAR NOT NULL CHECK (label <> ''),
    PRIMARY KEY (post_id, task, coder)
);
COMMENT ON TABLE codings IS 'Labels that people gave to posts by hand.';
COMMENT ON COLUMN codings.post_id IS 'The post coded.';
COMMENT ON COLUMN codings.task IS 'What was coded: proposals, stance or moderation.';
COMMENT ON COLUMN codings.coder IS 'Who coded, as written in the sheet.';
COMMENT ON COLUMN codings.label IS 'The label given.';
