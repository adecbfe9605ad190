"""One-time secrets, recovery codes, passkeys, and proofs that were begun. Each use is a compare-and-set."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, cast

from sqlalchemy import CursorResult, Update, delete, func, select, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from models import OneTimeSecret, Passkey, Proof, RecoveryCode


class FactorRepository:
    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def add(self, row: OneTimeSecret | Passkey | Proof) -> None:
        self._session.add(row)
        await self._session.flush()

    async def secret(self, user_id: str) -> OneTimeSecret | None:
        return await self._session.get(OneTimeSecret, user_id)

    async def confirmed(self, user_id: str) -> bool:
        """Whether signing in asks for a code."""
        found = await self._session.scalars(
            select(col(OneTimeSecret.user_id)).where(
                col(OneTimeSecret.user_id) == user_id, col(OneTimeSecret.confirmed_at).is_not(None)
            )
        )
        return found.first() is not None

    async def confirm(self, user_id: str, step: int, at: datetime) -> bool:
        """False when it was confirmed before, or there is none."""
        return await self._changed(
            update(OneTimeSecret)
            .where(col(OneTimeSecret.user_id) == user_id, col(OneTimeSecret.confirmed_at).is_(None))
            .values(confirmed_at=at, last_step=step)
        )

    async def use_step(self, user_id: str, step: int) -> bool:
        """True for exactly one use of a step's code."""
        return await self._changed(
            update(OneTimeSecret)
            .where(col(OneTimeSecret.user_id) == user_id, col(OneTimeSecret.last_step) < step)
            .values(last_step=step)
        )

    async def forget_codes(self, user_id: str) -> None:
        """The secret and the recovery codes."""
        await self._session.execute(delete(OneTimeSecret).where(col(OneTimeSecret.user_id) == user_id))
        await self._session.execute(delete(RecoveryCode).where(col(RecoveryCode.user_id) == user_id))

    async def replace_recovery(self, user_id: str, digests: Sequence[str]) -> None:
        await self._session.execute(delete(RecoveryCode).where(col(RecoveryCode.user_id) == user_id))
        self._session.add_all(RecoveryCode(digest=digest, user_id=user_id) for digest in digests)
        await self._session.flush()

    async def recovery_left(self, user_id: str) -> int:
        return (
            await self._session.scalar(
                select(func.count())
                .select_from(RecoveryCode)
                .where(col(RecoveryCode.user_id) == user_id, col(RecoveryCode.used_at).is_(None))
            )
        ) or 0

    async def spend_recovery(self, user_id: str, digest: str, at: datetime) -> bool:
        """True for exactly one of several callers."""
        return await self._changed(
            update(RecoveryCode)
            .where(
                col(RecoveryCode.digest) == digest,
                col(RecoveryCode.user_id) == user_id,
                col(RecoveryCode.used_at).is_(None),
            )
            .values(used_at=at)
        )

    async def passkeys(self, user_id: str) -> Sequence[Passkey]:
        """Newest first."""
        found = await self._session.scalars(
            select(Passkey).where(col(Passkey.user_id) == user_id).order_by(col(Passkey.id).desc())
        )
        return found.all()

    async def passkey(self, credential_id: str) -> Passkey | None:
        found = await self._session.scalars(select(Passkey).where(col(Passkey.credential_id) == credential_id))
        return found.one_or_none()

    async def note_passkey(self, passkey_id: str, sign_count: int, at: datetime) -> None:
        await self._session.execute(
            update(Passkey).where(col(Passkey.id) == passkey_id).values(sign_count=sign_count, last_used_at=at)
        )

    async def remove_passkey(self, user_id: str, passkey_id: str) -> bool:
        """False when there is no such passkey of this person."""
        done = await self._session.execute(
            delete(Passkey).where(col(Passkey.id) == passkey_id, col(Passkey.user_id) == user_id)
        )
        return cast("CursorResult[Any]", done).rowcount == 1

    async def count_try(self, digest: str, at: datetime, most: int) -> Proof | None:
        """The proof if it is still good and was tried less than `most` times; this try is counted."""
        good = await self._changed(
            update(Proof)
            .where(
                col(Proof.digest) == digest,
                col(Proof.used_at).is_(None),
                col(Proof.expires_at) > at,
                col(Proof.tries) < most,
            )
            .values(tries=Proof.tries + 1)
        )
        return await self._session.get(Proof, digest, populate_existing=True) if good else None

    async def spend(self, digest: str, at: datetime) -> bool:
        """True for exactly one of several callers."""
        return await self._changed(
            update(Proof).where(col(Proof.digest) == digest, col(Proof.used_at).is_(None)).values(used_at=at)
        )

    async def forget_proofs(self, before: datetime) -> None:
        """Those that ended before: nobody asks for them again."""
        await self._session.execute(delete(Proof).where(col(Proof.expires_at) < before))

    async def _changed(self, statement: Update) -> bool:
        return cast("CursorResult[Any]", await self._session.execute(statement)).rowcount == 1
