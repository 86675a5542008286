"""The ledger of movements of money: posted from approved runs, never deleted, each county's yearly statement."""
