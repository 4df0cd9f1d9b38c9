import asyncio
from pathlib import Path
import wave
import pytest
from ivr.flows.events import *
pytestmark = pytest.mark.asterisk

async def test_smoke(telephony, numbers, tmp_path):
    async def script(phone):
        await phone.ring(); await asyncio.sleep(.3); await phone.answer(); await asyncio.sleep(.7); await phone.press("12"); await asyncio.sleep(1); 
    order = numbers.order(script)
    call = await telephony.place(order)
    print(await call.wait_for_answer())
    f = tmp_path/"a.wav"
    with wave.open(str(f),"wb") as w:
        w.setnchannels(1); w.setsampwidth(2); w.setframerate(8000); w.writeframes(b"\0\1"*8000*4)
    await call.play(1, [f])
    for _ in range(4): print(await call.next_event(1))
    await call.stop_playing(1)
    print(await call.next_event(1))
    await call.hang_up()
    print(await call.wait_for_end())
    print(await call.next_event(None))
    print(numbers.far_end.phones)
