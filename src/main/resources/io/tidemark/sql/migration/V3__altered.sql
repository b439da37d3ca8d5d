-- What the database stores otherwise than it was delivered, and by which key a reject is known again.

create table tidemark_altered (
    stream      varchar(31)  not null,
    row_key     varchar(64)  not null,                    -- digests: no contents of rows
    column_name varchar(200) not null,
    delivered   varchar(64)  not null,
    stored      varchar(64)  not null,
    primary key (stream, row_key, column_name)
);

alter table tidemark_reject add column row_key varchar(200);
