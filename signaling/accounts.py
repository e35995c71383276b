"""Signing in: passwords as argon2 hashes, browsers as random tokens of which only a hash is kept."""

import asyncio
import hmac
from functools import partial

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from starlette.requests import HTTPConnection

from signaling.precis import passwords_meant
from signaling.secrets import digest, identifier
from signaling.store import accounts as rows
from signaling.store.accounts import Account
from signaling.store.database import Database
from signaling.turns import Turns

SHORTEST_PASSWORD = 8
LONGEST_PASSWORD = 1000
IDLE = 12 * 3600 * 1000
"""Milliseconds after which a browser that is not used is signed out."""
RENEW = 3600 * 1000
OLDEST = 7 * 24 * 3600 * 1000
"""Milliseconds after which everybody signs in anew."""
KNOWN = 180 * 24 * 3600 * 1000
"""Milliseconds for which a browser is told to keep that somebody has signed in with it."""


def hash_password(password: str) -> str:
    """For the database. Takes its time: not on the event loop."""
    return PasswordHasher().hash(password)


def cookie_name(secure: bool, path: str) -> str:
    """Over https the browser itself holds the cookie to https, and to this host where everything is at its root."""
    return ("__Host-deskside" if path == "/" else "__Secure-deskside") if secure else "deskside"


def known_cookie_name(secure: bool, path: str) -> str:
    """The cookie by which a browser shows that a representative has signed in with it before."""
    return cookie_name(secure, path) + "-known"


def known_token(request: HTTPConnection) -> str:
    """What the browser shows of that, or nothing."""
    path: str = request.app.state.services.settings.path
    return request.cookies.get(known_cookie_name(is_secure(request), path), "")


def _mark(found: rows.Credentials, nonce: str) -> str:
    """Shows that a browser has let in this representative. It opens nothing by itself; another password, or another
    hash of the same, makes it worthless."""
    said = f"deskside known browser 1\n{found.id}\n{nonce}"
    return nonce + "." + hmac.digest(found.password_hash.encode(), said.encode(), "sha256").hex()


def is_secure(request: HTTPConnection) -> bool:
    """Whether the browser came over TLS."""
    return request.url.scheme in ("https", "wss")


def session_token(request: HTTPConnection) -> str:
    """The token that the browser shows, or nothing."""
    path: str = request.app.state.services.settings.path
    return request.cookies.get(cookie_name(is_secure(request), path), "")


class SignedIn:
    """A browser that has just signed in, with the token that only it gets to see."""

    def __init__(self, token: str, name: str, administrator: bool) -> None:
        self.token = token
        self.name = name
        self.administrator = administrator


class Accounts:
    """The representatives and the browsers they use."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._hasher = PasswordHasher()
        # An unknown name costs as much time as a wrong password, so that time does not tell them apart.
        self._decoy = ""
        self._hashing = Turns(2)  # each takes 64 MiB

    async def knows(self, name: str, shown: str) -> bool:
        """Whether whoever has this name has signed in before with the browser that shows this. A stranger who tries
        to guess the password does not keep such a browser out."""
        found = await self._database.read(partial(rows.credentials, name)) if shown else None
        if not found:
            return False
        return hmac.compare_digest(_mark(found, shown.partition(".")[0]).encode(), shown.encode())

    async def mark(self, name: str) -> str:
        """What a browser shows from now on in which somebody of this name is signed in."""
        found = await self._database.read(partial(rows.credentials, name))
        return _mark(found, identifier()) if found else ""

    async def sign_in(
        self, name: str, password: str, former: str, now: int, address: str, is_known: bool
    ) -> SignedIn | None:
        """None when the name or the password is wrong. `former` is the token shown until now. Raises Crowded.

        How much is computed depends on what was typed, not on whether there is somebody of this name.
        """
        found = await self._database.read(partial(rows.credentials, name))
        meant = passwords_meant(password)
        async with self._hashing.turn(address, is_known):
            if not self._decoy:
                self._decoy = await asyncio.to_thread(hash_password, identifier())
            known = found.password_hash if found else self._decoy
            right = await asyncio.to_thread(self._first_right, known, meant)
            if not found or not right:
                return None
            is_of_old = right == password != meant[0]
            if is_of_old or self._hasher.check_needs_rehash(found.password_hash):
                stronger = await asyncio.to_thread(hash_password, meant[0] if is_of_old else right)
                await self._database.write(partial(rows.new_password_hash, found.id, stronger))
        return await self._admit(found.id, found.name, found.administrator, former, now)

    async def hash(self, password: str) -> str:
        """A password for the database, which somebody sets who may."""
        async with self._hashing.turn("", is_known=True, is_bounded=False):
            return await asyncio.to_thread(hash_password, password)

    async def setup(self, token: str, name: str, password: str, former: str, now: int) -> SignedIn | None:
        """Create the administrator, with a name as it is kept. None when the link was used or never was."""
        if not await self._database.read(partial(rows.setup_is_valid, digest(token))):
            return None
        password_hash = await self.hash(password)
        id = identifier()
        if not await self._database.write(partial(rows.use_setup, digest(token), id, name, password_hash, now)):
            return None
        return await self._admit(id, name, True, former, now)

    async def of_token(self, token: str, now: int) -> Account | None:
        """Who shows this token. Being seen keeps them signed in."""
        if not token:
            return None
        return await self.of_web_session(digest(token), now)

    async def of_web_session(self, web_session: str, now: int) -> Account | None:
        """Like `of_token`, by the token's hash."""
        account = await self._database.read(partial(rows.by_web_session, web_session, now))
        if account:
            expires_at = min(now + IDLE, account.created_at + OLDEST)
            if expires_at - account.expires_at > RENEW:
                await self._database.write(partial(rows.renew, web_session, expires_at))
        return account

    async def ids(self) -> set[str]:
        """All representatives."""
        return await self._database.read(rows.ids)

    async def sign_out(self, token: str) -> None:
        """This browser is signed in no more."""
        await self._database.write(partial(rows.sign_out, digest(token)))

    async def _admit(self, id: str, name: str, administrator: bool, former: str, now: int) -> SignedIn:
        token = identifier()
        job = partial(rows.sign_in, digest(token), digest(former) if former else "", id, now, now + IDLE)
        await self._database.write(job)
        return SignedIn(token, name, administrator)

    def _first_right(self, password_hash: str, passwords: list[str]) -> str:
        return next((password for password in passwords if self._verify(password_hash, password)), "")

    def _verify(self, password_hash: str, password: str) -> bool:
        try:
            return self._hasher.verify(password_hash, password)
        except (VerificationError, InvalidHashError):
            return False
