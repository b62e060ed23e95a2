-- Whether an account id is one is only known from all that a site has shown, which may come in many portions.

CREATE TABLE doubtful_accounts (
    site_id VARCHAR NOT NULL,
    user_id VARCHAR NOT NULL,
    PRIMARY KEY (site_id, user_id)
);
COMMENT ON TABLE doubtful_accounts IS 'Account ids that stood beside several names, so that they are no accounts: guests, or people numbered anew in each thread. Whoever wrote under them is known by login or name.';
COMMENT ON COLUMN doubtful_accounts.site_id IS 'The community (sites).';
COMMENT ON COLUMN doubtful_accounts.user_id IS 'The id as the platform shows it; * stands for every id of the site.';
