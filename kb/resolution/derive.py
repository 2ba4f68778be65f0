"""Deriving anew what an upgrade of the base left unread (``kb.store.upgrade``)."""

from __future__ import annotations

import sqlalchemy as sa

from kb.reading import read
from kb.resolution.resolve import resolve
from kb.resolution.review import listed, look_again_at
from kb.store.schema import file, meta
from kb.store.sql import meta_value
from kb.store.store import Store
from kb.store.stored import stored_source
from kb.store.upgrade import UNREAD


def finish(store: Store) -> None:
    """Read again every text that an upgrade left unread, and link them all; nothing where there is none.

    One transaction a text: a run that is killed is gone on with when the base is opened again. Where two processes
    open the base at once, each leaves as it is what the other has done: nothing that was finished is undone.
    """
    with store.reading() as connection:
        if meta_value(connection, UNREAD) is None:
            return
        unread = sa.select(file.c.id).where(file.c.reader_version == "").order_by(file.c.name)
        ids = connection.execute(unread).scalars().all()
    for file_id in ids:
        with store.reading() as connection:
            if connection.execute(sa.select(file.c.id).where(file.c.id == file_id)).first() is None:
                continue  # another process read it meanwhile
            source, hints = stored_source(connection, file_id)
        store.put(source, read(source.text, hints), hints)
    resolve(store)
    with store.writing() as connection:  # what a correction leads to may not have been there when its own key was
        if meta_value(connection, UNREAD) is None:
            return
        look_again_at(connection, listed(store))
    resolve(store)
    with store.writing() as connection:
        connection.execute(meta.delete().where(meta.c.key == UNREAD))
