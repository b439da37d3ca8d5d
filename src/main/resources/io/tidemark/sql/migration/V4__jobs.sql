-- Which job of the vendor's what was sent is part of; null for none.

alter table tidemark_change add column job varchar(200);
