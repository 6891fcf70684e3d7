"""The server: Streamlit's application between the product's own routes, guards and lifespan."""

from streamlit.starlette import App

from minsheng import server

app = App(
    server.SCRIPT,
    routes=server.routes(),
    middleware=server.middleware(),
    lifespan=server.lifespan,
)
