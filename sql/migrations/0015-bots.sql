-- when an account was found to look like a bot follows from no event, so a rebuild could not give it again
alter table bot_account drop column found_at;
