-- The ids of a site that are known to be no accounts.
SELECT user_id FROM doubtful_accounts WHERE site_id = $site;
