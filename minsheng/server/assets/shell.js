// In the page itself, before Streamlit's own scripts: what a person sees while there is no connection, and where
// Streamlit would open a dialog in English. The words are put in by shell.py.
(() => {
    const words = __WORDS__;
    window.__streamlit = { ...window.__streamlit, HOST_CONFIG: { ...window.__streamlit?.HOST_CONFIG, blockErrorDialogs: true } };
    const style = document.createElement('style');
    style.textContent = `[data-testid=stConnectionStatus] { display: none !important; }
        #minsheng-mark { position: fixed; left: 50%; bottom: 1rem; transform: translateX(-50%); z-index: 2000000; margin: 0; padding: .4rem 1rem;
            border-radius: .5rem; background: #33302c; color: #fff; font: 16px/1.5 system-ui, sans-serif; box-shadow: 0 1px 6px rgb(0 0 0 / .4); }
        @media print { #minsheng-mark { display: none; } }`;
    document.head.append(style);
    let lost = performance.now(), said = '', until = 0;
    const say = (text) => {
        if (text === said) return;
        said = text;
        document.getElementById('minsheng-mark')?.remove();
        if (!text) return;
        const mark = document.createElement('p');
        mark.id = 'minsheng-mark';
        mark.setAttribute('role', 'status');
        mark.textContent = text;
        document.body.append(mark);
    };
    window.setInterval(() => {
        const state = document.querySelector('[data-testid=stApp]')?.dataset.testConnectionState, now = performance.now();
        if (state === 'CONNECTED') {
            lost = now;
            if (now > until) say('');
        } else if (now - lost > 2000) say(words.lost);
    }, 400);
    // To leave for another page with a choice, Streamlit first puts the choice into the address of this page, and
    // that would be a stop on the way back that nobody has seen: the next page takes its place.
    const push = window.history.pushState;
    let passing = '';
    window.history.pushState = (state, unused, url) => {
        const { href, pathname, search } = window.location, next = new URL(url ?? href, href);
        const takes = next.href === href || (passing === href && next.pathname !== pathname && next.search === search);
        if (takes) window.history.replaceState(state, unused, url);
        else push.call(window.history, state, unused, url);
        passing = !takes && next.pathname === pathname ? next.href : '';
    };
    for (const kind of ['pointerdown', 'keydown', 'popstate']) window.addEventListener(kind, () => { passing = ''; }, true);
    window.addEventListener('message', (event) => {
        if (event.source !== window || event.data?.type !== 'CLIENT_ERROR_DIALOG') return;
        if (event.data.error === 'Connection error') return; // the mark says so already
        until = performance.now() + 15000;
        say(event.data.error === 'Page not found' ? words.noPage : words.broken);
    });
})();
