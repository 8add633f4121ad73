"""A real SMTP server on loopback, that can be slow, refuse, break and go away."""

import email
import email.policy
import socketserver
import threading
import time
from collections import Counter
from contextlib import suppress


class Session(socketserver.StreamRequestHandler):
    def handle(self):
        self.say("220 test")
        for line in self.rfile:
            verb = line.decode().strip().partition(" ")[0].upper()
            if verb == "QUIT":
                self.say("221 bye")
                return
            if verb == "RCPT":
                self.say(self.server.answer_to(line.decode()))
            elif verb == "DATA":
                self.say("354 go on")
                if not self.take_message():
                    return
            else:
                self.say("250 ok")

    def take_message(self):
        """Read one message; return whether the session goes on."""
        lines = []
        for line in self.rfile:
            if line == b".\r\n":
                break
            lines.append(line.removeprefix(b".") if line.startswith(b"..") else line)
        if self.server.next_break():
            return False
        self.server.messages.append(b"".join(lines))
        time.sleep(self.server.delay)
        self.say("250 taken")
        return True

    def say(self, words):
        with suppress(OSError):  # The worker was killed: that is what is tested.
            self.wfile.write(f"{words}\r\n".encode())


class SmtpServer(socketserver.ThreadingTCPServer):
    """Keep what it accepts in ``messages``; ``delay`` seconds before it says so."""

    allow_reuse_address = True
    daemon_threads = True
    block_on_close = False

    def __init__(self, port=0):
        super().__init__(("127.0.0.1", port), Session)
        self.messages, self.refusals = [], {}
        self.delay, self.breaks = 0, 0
        self.port = self.server_address[1]
        threading.Thread(
            target=self.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True
        ).start()

    def answer_to(self, recipient):
        answers = [words for name, words in self.refusals.items() if name in recipient]
        return answers[0] if answers else "250 ok"

    def next_break(self):
        """Say whether to break the session instead of taking the next message."""
        self.breaks -= 1
        return self.breaks >= 0

    def stop(self):
        self.shutdown()
        self.server_close()

    def read(self):
        return [
            email.message_from_bytes(
                message.replace(b"\r\n", b"\n"), policy=email.policy.default
            )
            for message in self.messages
        ]

    def copies(self):
        """Return how many times each ``Message-ID`` was taken."""
        return Counter(str(message["Message-ID"]) for message in self.read())
