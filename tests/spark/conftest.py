# SPDX-License-Identifier: Apache-2.0
"""A session of Spark for each master; passed over, by name, where there is no Spark or no Java."""

import os
import pathlib
import shutil
import sys

import pytest

HERE = pathlib.Path(__file__).parent
sys.path.insert(0, str(HERE.parents[1] / "python" / "tests"))


def pytest_collection_modifyitems(config, items):
    try:
        import pyspark  # noqa: F401
    except ImportError:
        reason = "pyspark is not installed"
    else:
        if shutil.which("java") is not None:
            return
        reason = "there is no Java"
    for item in items:
        item.add_marker(pytest.mark.skip(reason=reason))


def open_session(master, folder):
    from pyspark.sql import SparkSession

    import copydesk

    # Workers see the package, and in front of it what is to go wrong in them (worker/sitecustomize.py).
    package = str(pathlib.Path(copydesk.__file__).parents[1])
    path = os.pathsep.join([str(HERE / "worker"), package])
    os.environ["PYSPARK_PYTHON"] = sys.executable
    os.environ["PYTHONPATH"] = path
    settings = {
        "spark.driver.memory": "1g",
        "spark.executor.memory": "1g",
        "spark.driver.host": "127.0.0.1",
        "spark.driver.bindAddress": "127.0.0.1",
        "spark.executorEnv.PYTHONPATH": path,
        "spark.local.dir": str(folder),
        "spark.sql.warehouse.dir": str(folder / "warehouse"),
        "spark.sql.shuffle.partitions": "4",
        "spark.ui.enabled": "false",
        "spark.ui.showConsoleProgress": "false",
    }
    builder = SparkSession.builder.master(master).appName("copydesk")
    for name, value in settings.items():
        builder = builder.config(name, value)
    session = builder.getOrCreate()
    session.sparkContext.setLogLevel("OFF")
    return session


@pytest.fixture(scope="session")
def worker_faults(tmp_path_factory):
    """A folder where a test says what is to go wrong once."""
    folder = tmp_path_factory.mktemp("faults")
    os.environ["COPYDESK_TEST_FAULTS"] = str(folder)
    return folder


@pytest.fixture(scope="module", params=["local[2,4]", "local-cluster[2,1,1024]"])
def spark(request, tmp_path_factory, worker_faults):
    session = open_session(request.param, tmp_path_factory.mktemp("spark"))
    yield session
    session.stop()
